// Tabs are kept in the browser, per dataset: another ontology served at the same address must not find them.
// Where the browser forbids storage, they are kept for as long as the page is open.
function kept() {
  try {
    localStorage.getItem('');
    return localStorage;
  } catch {
    const values = new Map();
    return {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => values.set(key, value),
      removeItem: (key) => values.delete(key),
    };
  }
}

// What a visitor finds who moved nothing yet: the pane at the side takes a fifth, not a third, of the width.
const AT_FIRST = { 'graphiql:docExplorerFlex': '0.25' };

export function storageOf(key) {
  const store = kept();
  const prefix = `kaigraph:${key}:`;
  const own = () => Object.keys(store).filter((name) => name.startsWith(prefix));
  return {
    getItem: (name) => store.getItem(prefix + name) ?? AT_FIRST[name] ?? null,
    setItem: (name, value) => store.setItem(prefix + name, value),
    removeItem: (name) => store.removeItem(prefix + name),
    clear: () => own().forEach((name) => store.removeItem(name)),
    get length() {
      return own().length;
    },
  };
}
