// Serves pages on this machine, and notes what is asked for.
import { once } from 'node:events';
import { createServer } from 'node:http';

export async function startServer() {
  const pages = new Map();
  const requests = [];
  const server = createServer(({ url }, response) => {
    requests.push(url);
    server.emit('asked', url);
    const page = pages.get(url);
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  let count = 0;
  return {
    origin,
    /** The paths that were asked for below this path. */
    requestsBelow: (path) => requests.filter((url) => url.startsWith(path)),
    /** Waits until the path is asked for, if it was not yet. */
    requested: async (path) => {
      while (!requests.includes(path)) await once(server, 'asked');
    },
    /** All paths that were asked for from now on. */
    watch: () => {
      const start = requests.length;
      return () => requests.slice(start);
    },
    /** Serves the page and returns its path, which no other page had. */
    serve: (page) => {
      const path = `/${++count}.html`;
      pages.set(path, page);
      return path;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
