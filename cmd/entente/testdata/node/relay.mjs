// Lints a schema by the rules of Relay: prints one line for each fault.
import { readFileSync } from 'node:fs'
import graphql from '@graphql-eslint/eslint-plugin'
import { Linter } from 'eslint'

const [path] = process.argv.slice(2)
const schema = readFileSync(path, 'utf8')
// A connection's nodes repeat what its edges hold, and some nodes (an alias, a mention) have no global id: these
// two options are not taken.
const edges = { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }
const rules = { ...graphql.configs['flat/schema-relay'].rules, '@graphql-eslint/relay-edge-types': ['error', edges] }
const config = {
  files: ['**/*.graphql'],
  plugins: { '@graphql-eslint': graphql },
  languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema } } },
  rules,
}
const messages = new Linter({ configType: 'flat' }).verify(schema, config, { filename: 'schema.graphql' })
for (const m of messages) console.log(`${m.line}:${m.column}\t${m.ruleId}\t${m.message}`)
console.log(`${Object.keys(rules).length} rules, ${messages.length} faults`)
