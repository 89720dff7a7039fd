// Prints what the audits of GraphQL over HTTP say of a server: one line each.
import { serverAudits } from 'graphql-http'

const [url] = process.argv.slice(2)
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const result = await audit.fn()
  console.log(`${result.status}\t${audit.id}\t${audit.name}${result.reason ? `\t${result.reason}` : ''}`)
  await result.response?.body?.cancel?.().catch(() => {})
}
