import type { FastifyInstance, FastifyReply } from 'fastify'
import { effectiveCategory } from '../../../agreement/index.ts'
import { canonicalBytes, type Json } from '../../../bytes/index.ts'
import { type ExchangeReader, mostOpenings, openingsWithinMs } from '../../../person/index.ts'
import type { RegisterDescription } from '../../../register/index.ts'
import { type AgreementListDeps, listAgreements } from './list-agreements.ts'
import { type BudgetListDeps, listBudgets } from './list-budgets.ts'

/** What a data protection officer reads through the inner interface. */
export interface OfficeRouteDeps extends Omit<AgreementListDeps, 'reader'> {
  readonly reader: AgreementListDeps['reader'] &
    BudgetListDeps['reader'] &
    Pick<ExchangeReader, 'identityOpenings'>
}

async function send(reply: FastifyReply, json: Json): Promise<FastifyReply> {
  return await reply.type('application/json').send(Buffer.from(canonicalBytes(json)))
}

function domainJson(domain: RegisterDescription['elements'][number]['domain']): Json {
  return domain.kind === 'closed' ? { kind: domain.kind, keys: [...domain.keys] } : { ...domain }
}

/** What an agreement may be about: names, types and categories, never a value. */
async function registersJson({ registers }: OfficeRouteDeps): Promise<Json> {
  return {
    registers: (await registers()).map(({ name, category, subject, population, elements }) => ({
      name,
      category,
      scheme: subject.scheme,
      population: population.name,
      size: population.size,
      elements: elements.map((element) => ({
        name: element.name,
        type: element.type,
        category: effectiveCategory(category, element.category),
        unit: element.unit,
        domain: domainJson(element.domain),
      })),
    })),
  }
}

async function openingsJson({ reader, clock }: OfficeRouteDeps): Promise<Json> {
  const opened = await reader.identityOpenings(clock.now() - openingsWithinMs)
  return { opened, most: mostOpenings, withinMs: openingsWithinMs }
}

/**
 * What the data protection officer watches: `GET /v1/agreements`, `/v1/budgets`, `/v1/registers` and
 * `/v1/identity-openings`. Reads alone, and counts alone: no answer is about a person.
 */
export function addOffice(app: FastifyInstance, deps: OfficeRouteDeps): void {
  app.get('/v1/agreements', async (_request, reply) => send(reply, await listAgreements(deps)))
  app.get('/v1/budgets', async (_request, reply) => send(reply, await listBudgets(deps)))
  app.get('/v1/registers', async (_request, reply) => send(reply, await registersJson(deps)))
  app.get('/v1/identity-openings', async (_request, reply) => send(reply, await openingsJson(deps)))
}
