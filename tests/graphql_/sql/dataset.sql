SELECT json_object(
  'dataset', json_object(
    'version', (SELECT value FROM meta WHERE key = 'version'),
    'modelHash', (SELECT value FROM meta WHERE key = 'model')
  ),
  'type', 'Query'
) AS data,
(SELECT value FROM meta WHERE key = 'version') AS version
