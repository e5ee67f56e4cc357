/* Loaded before a gateway (`--import`): its clock is as many minutes off as the address says. */

const minutes = Number(new URL(import.meta.url).searchParams.get('minutes') ?? '0')
const rightTime = Date.now.bind(Date)

Date.now = () => rightTime() + minutes * 60_000
