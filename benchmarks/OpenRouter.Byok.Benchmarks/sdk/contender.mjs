// The official SDK, used as its own documentation shows: lists page by page, changes with as many calls in flight.
import { createInterface } from 'node:readline'

const providers = ['openai', 'anthropic', 'mistral', 'groq']
const megabyte = 1024 * 1024
let OpenRouter
let client
let connected

async function load() {
  const began = performance.now()
  OpenRouter ??= (await import('@openrouter/sdk')).OpenRouter
  return performance.now() - began
}

function connect(request) {
  if (connected === request.uri) return
  connected = request.uri
  client = new OpenRouter({ apiKey: request.key, serverURL: request.uri })
}

async function list(take) {
  let count = 0
  for await (const page of await client.byok.list({ limit: 100 })) {
    take(page.result.data)
    count += page.result.data.length
  }
  return count
}

async function listAll() {
  const all = []
  await list((keys) => all.push(...keys))
  return all.length
}

async function each(count, throttle, send) {
  let next = 0
  let done = 0
  const worker = async () => {
    while (next < count) {
      const answer = await send(next++)
      if (answer.data.id) done++
    }
  }
  await Promise.all(Array.from({ length: throttle }, worker))
  return done
}

const update = (request) => each(request.ids.length, request.throttle, (index) =>
  client.byok.update({ id: request.ids[index], updateBYOKKeyRequest: { name: 'Renamed' } }))

const create = (request) => each(request.count, request.throttle, (index) =>
  client.byok.create({
    createBYOKKeyRequest: {
      provider: providers[index % providers.length],
      key: `sk-benchmark-${String(index).padStart(8, '0')}`,
      name: `Created ${index}`
    }
  }))

async function timed(request, work) {
  await load()
  connect(request)
  const began = performance.now()
  const count = await work(request)
  return { ms: performance.now() - began, count }
}

async function start(request) {
  await load()
  const began = performance.now()
  connect(request)
  const count = await listAll()
  const first = performance.now()
  await listAll()
  return { firstMs: first - began, secondMs: performance.now() - first, count }
}

async function memory(request) {
  const idleMb = process.memoryUsage.rss() / megabyte
  await load()
  connect(request)
  const count = await list(() => {})
  return { idleMb, peakMb: process.resourceUsage().maxRSS / 1024, count }
}

const work = {
  import: async () => ({ importMs: await load() }),
  start,
  memory,
  list: (request) => timed(request, listAll),
  update: (request) => timed(request, update),
  create: (request) => timed(request, create)
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  const reply = await work[request.do](request).catch((error) => ({ error: String(error.stack ?? error) }))
  console.log(JSON.stringify(reply))
}
