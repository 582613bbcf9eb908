// A worker that cannot be loaded.
throw new Error('no such table')
