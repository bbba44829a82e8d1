// GraphiQL over this server's API. What it shows comes from the settings that the page brings along.
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';
import './workers.js';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { examplesPlugin } from './examples.jsx';
import { fetcher } from './fetcher.js';
import { storageOf } from './storage.js';
import { FollowSystem } from './theme.jsx';
import { variablesOf } from './variables.js';
import { DayField, LanguageButton } from './wanted.jsx';

const settings = JSON.parse(document.getElementById('settings').textContent);
const headers = Object.keys(settings.headers).length ? JSON.stringify(settings.headers, null, 2) : undefined;
const explorer = { ...explorerPlugin(), title: 'Explorer' };
const plugins = [examplesPlugin(settings.examples), explorer, HISTORY_PLUGIN];

createRoot(document.getElementById('root')).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storageOf(settings.key)}
    plugins={plugins}
    visiblePlugin={explorer}
    defaultTabs={settings.examples.map(({ query }) => ({ query, headers, variables: variablesOf(query) }))}
    defaultHeaders={headers}
    defaultQuery=""
    defaultEditorToolsVisibility
    shouldPersistHeaders
    showPersistHeadersSettings={false}
    schemaDescription
    dangerouslyAssumeSchemaIsValid
  >
    <GraphiQL.Logo>
      <span className="kaigraph-title">{settings.title}</span>
    </GraphiQL.Logo>
    <GraphiQL.Toolbar>
      {({ prettify, copy, merge }) => (
        <>
          {prettify}
          {merge}
          {copy}
          <LanguageButton />
          <DayField />
          <FollowSystem />
        </>
      )}
    </GraphiQL.Toolbar>
  </GraphiQL>,
);
