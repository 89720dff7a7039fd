// Hands a text in and follows its job with the client of graphql-sse: one answer a line.
import { createClient } from 'graphql-sse'

const [url] = process.argv.slice(2)
const client = createClient({ url, singleConnection: false, retryAttempts: 0 })
const run = (query, variables) =>
  new Promise((resolve, reject) => {
    client.subscribe({ query, variables }, { next: (answer) => console.log(JSON.stringify(answer)), error: reject, complete: resolve })
  })

const text = 'On 4 March 2005, Kenya and Norway signed a treaty on drug trafficking in Nairobi.'
const response = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: `mutation ($t: String!) { ingest(input: {texts: [{source: "wire/1", text: $t}]}) { job { id } } }`, variables: { t: text } }),
})
const { data } = await response.json()
await run('subscription ($id: ID!) { ingestJob(id: $id) { state done } }', { id: data.ingest.job.id })
await run('{ documents { nodes { source } } }')
client.dispose()
