// The examples of the dataset, in a side pane: a click opens one in a tab of its own.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { variablesOf } from './variables.js';

function Icon() {
  return (
    <svg viewBox="0 0 24 24" height="1em" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round">
      <path d="M5 3.5h10.5L19 7v13.5H5z" />
      <path d="M8.5 9h7M8.5 13h7M8.5 17h4" strokeLinecap="round" />
    </svg>
  );
}

function Examples({ examples }) {
  const { addTab, changeTab, updateActiveTabValues } = useGraphiQLActions();
  const tabs = useGraphiQL((state) => state.tabs);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const open = ({ query }) => {
    const there = tabs.findIndex((tab) => tab.query === query);
    if (there >= 0) return changeTab(there);
    addTab();
    const variables = variablesOf(query);
    queryEditor?.setValue(query); // the editor's own event may come later than the next click
    variableEditor?.setValue(variables);
    return updateActiveTabValues({ query, variables });
  };
  return (
    <section className="kaigraph-examples">
      <div className="graphiql-doc-explorer-title">Examples</div>
      {examples.map((example) => (
        <button type="button" key={example.name} onClick={() => open(example)}>
          {example.titles.map((title) => (
            <span key={title}>{title}</span>
          ))}
        </button>
      ))}
    </section>
  );
}

export function examplesPlugin(examples) {
  return { title: 'Examples', icon: Icon, content: () => <Examples examples={examples} /> };
}
