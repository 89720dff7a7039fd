// Opens GraphiQL with the examples. Answers come by POST; those of subscriptions as
// server-sent events, by the protocol of graphql-sse.
'use strict';

async function* events(response, signal) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  signal.addEventListener('abort', () => reader.cancel());
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      if (lines.includes('event: complete')) return;
      const data = lines.find((line) => line.startsWith('data: '));
      if (data) yield JSON.parse(data.slice('data: '.length));
    }
  }
}

function fetcher(params, options = {}) {
  const operations = (options.documentAST?.definitions ?? []).filter((d) => d.kind === 'OperationDefinition');
  const chosen = operations.find((d) => !params.operationName || d.name?.value === params.operationName);
  const send = (accept, signal) =>
    fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: accept, ...options.headers },
      body: JSON.stringify(params),
      signal,
    });
  if (chosen?.operation !== 'subscription') {
    return send('application/graphql-response+json, application/json;q=0.9').then((response) => response.json());
  }
  return (async function* () {
    const abort = new AbortController();
    try {
      const response = await send('text/event-stream', abort.signal);
      if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
        yield await response.json();
        return;
      }
      yield* events(response, abort.signal);
    } finally {
      abort.abort();
    }
  })();
}

// A link may bring a query and its variables: after the #, which no server sees.
const brought = new URLSearchParams(location.hash.slice(1));

fetch('/graphiql/examples.json')
  .then((response) => response.json())
  .then((examples) => {
    ReactDOM.createRoot(document.getElementById('graphiql')).render(
      React.createElement(GraphiQL, {
        fetcher,
        defaultTabs: examples,
        query: brought.get('query') ?? undefined,
        variables: brought.get('variables') ?? undefined,
        defaultEditorToolsVisibility: 'variables',
        shouldPersistHeaders: false,
      }),
    );
  });
