// The editor's workers are files of the bundle; the build puts their names in the place of WORKERS.
globalThis.MonacoEnvironment = {
  getWorker: (_id, label) =>
    new Worker(new URL(WORKERS[label] ?? WORKERS.editor, import.meta.url), { type: 'module', name: label }),
};
