// The variables that an operation has defaults for, as text to begin with: they can be changed where they are seen.
import { parse, valueFromASTUntyped } from 'graphql';

export function variablesOf(query) {
  const operation = parse(query).definitions.find((each) => each.kind === 'OperationDefinition');
  const given = operation?.variableDefinitions?.filter(({ defaultValue }) => defaultValue) ?? [];
  const values = given.map(({ variable, defaultValue }) => [variable.name.value, valueFromASTUntyped(defaultValue)]);
  return values.length ? JSON.stringify(Object.fromEntries(values), null, 2) : '';
}
