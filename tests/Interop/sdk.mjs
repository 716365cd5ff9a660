// The official SDK as the tests use it.
import assert from 'node:assert/strict';
import { HTTPClient, OpenRouter } from '@openrouter/sdk';

/** A client that repeats nothing. It adds the method and path of each request to the array, if there is one. */
export function sdk({ address, managementKey }, apiKey = managementKey, requests = null) {
  const httpClient = new HTTPClient().addHook('beforeRequest', ({ method, url }) => {
    requests?.push({ method, path: new URL(url).pathname.slice(new URL(address).pathname.length) });
  });
  return new OpenRouter({ serverURL: address, apiKey, httpClient, retryConfig: { strategy: 'none' } });
}

/** What all pages of a list hold. */
export async function collect(pages) {
  const found = [];
  for await (const page of await pages) found.push(...page.result.data);
  return found;
}

/** Fields that both know have the same value; the SDK's names are those of the cmdlets' objects in camelCase. */
export function assertSame(shown, read) {
  const known = Object.entries(read).filter(([name]) => pascal(name) in shown);
  for (const [name, value] of known) {
    const there = shown[pascal(name)];
    if (value !== null && name.endsWith('At')) assert.equal(Date.parse(there), Date.parse(value), name);
    else assert.deepEqual(there, value, name);
  }
  return known.map(([name]) => name);
}

function pascal(name) {
  return name[0].toUpperCase() + name.slice(1);
}
