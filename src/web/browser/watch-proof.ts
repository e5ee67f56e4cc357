/** Milliseconds between two questions to the server. */
const pauseMs = 2_000

/** After this many questions the page is left as it is; the link to look again stays. */
const tries = 60

async function isWitnessed(address: string): Promise<boolean> {
  const response = await fetch(address, { headers: { accept: 'application/json' } })
  if (!response.ok) return false
  const state: unknown = await response.json()
  return (
    typeof state === 'object' && state !== null && 'witnessed' in state && state.witnessed === true
  )
}

/**
 * Asks until a witness covers the answer, then turns the stage to done. A question that fails is
 * one try; nothing on the page changes before it is true.
 */
export async function watchProof(stage: HTMLElement): Promise<void> {
  const { proofState, proofDone } = stage.dataset
  if (proofState === undefined || proofDone === undefined) return
  for (let left = tries; left > 0; left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    if (!(await isWitnessed(proofState).catch(() => false))) continue
    stage.classList.add('app-proof__stage--done')
    stage.textContent = proofDone
    document.querySelector('[data-proof-again]')?.remove()
    return
  }
}
