// A button for operations with a variable of the schema's enum `Language`: it takes the next language, and asks again.
import { ToolbarButton, useGraphiQL, useGraphiQLActions } from '@graphiql/react';

const TYPE = 'Language';

function variableOf(document) {
  const operation = document?.definitions.find((each) => each.kind === 'OperationDefinition');
  return operation?.variableDefinitions?.find(({ type }) => (type.type ?? type).name?.value === TYPE);
}

function read(text) {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return null; // being written: leave it alone
  }
}

export function LanguageButton() {
  const { run } = useGraphiQLActions();
  const document = useGraphiQL((state) => state.documentAST);
  const schema = useGraphiQL((state) => state.schema);
  const editor = useGraphiQL((state) => state.variableEditor);
  const text = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.variables);
  const variable = variableOf(document);
  const languages = schema?.getType(TYPE)?.getValues?.().map(({ name }) => name) ?? [];
  const values = read(text);
  if (!variable || !values || languages.length < 2) return null;
  const name = variable.variable.name.value;
  const current = values[name] ?? variable.defaultValue?.value;
  const next = languages[(languages.indexOf(current) + 1) % languages.length];
  const change = () => {
    editor?.setValue(JSON.stringify({ ...values, [name]: next }, null, 2));
    run();
  };
  return (
    <ToolbarButton onClick={change} label={`Labels in ${next}`}>
      <span className="graphiql-toolbar-icon kaigraph-language">{current ?? '–'}</span>
    </ToolbarButton>
  );
}
