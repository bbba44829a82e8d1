// Two controls for what the server reads from headers, the language of labels and the day of the past: they write into
// the Headers pane, where what they do can be seen and copied, and ask again.
import { ToolbarButton, useGraphiQL, useGraphiQLActions } from '@graphiql/react';

const LANGUAGE = 'Accept-Language';
const DAY = 'Accept-Datetime';

function read(text) {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return null; // being written: leave it alone
  }
}

function useHeaders() {
  const { run } = useGraphiQLActions();
  const editor = useGraphiQL((state) => state.headerEditor);
  const headers = read(useGraphiQL((state) => state.tabs[state.activeTabIndex]?.headers));
  const set = (name, value) => {
    const { [name]: _, ...others } = headers;
    editor?.setValue(JSON.stringify(value ? { ...others, [name]: value } : others, null, 2));
    run();
  };
  return { headers, set };
}

export function LanguageButton() {
  const { headers, set } = useHeaders();
  const schema = useGraphiQL((state) => state.schema);
  const names = schema?.getType('Language')?.getValues?.().map(({ name }) => name) ?? [];
  if (!headers || names.length < 2) return null;
  const tags = names.map((name) => name.toLowerCase().replaceAll('_', '-'));
  const at = Math.max(0, tags.indexOf(headers[LANGUAGE]?.toLowerCase()));
  const next = (at + 1) % tags.length;
  return (
    <ToolbarButton onClick={() => set(LANGUAGE, tags[next])} label={`Labels in ${names[next]}`}>
      <span className="graphiql-toolbar-icon kaigraph-language">{names[at]}</span>
    </ToolbarButton>
  );
}

function Calendar() {
  return (
    <svg viewBox="0 0 24 24" height="18" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round">
      <path d="M4 5.5h16v14.5H4z M4 10h16 M8.5 3v4 M15.5 3v4" strokeLinecap="round" />
    </svg>
  );
}

export function DayField() {
  const { headers, set } = useHeaders();
  if (!headers) return null;
  const day = headers[DAY] ?? '';
  return (
    <label className="kaigraph-day" title={day ? `As it was known on ${day}` : 'As it was known on a day'}>
      <span aria-hidden="true">{day ? day.replace('-', '\n') : <Calendar />}</span>
      <input type="date" aria-label="As of a day" value={day} onChange={({ target }) => set(DAY, target.value)} />
    </label>
  );
}
