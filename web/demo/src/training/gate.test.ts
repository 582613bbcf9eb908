// Pausing: a run stops where it passes the gate, its clock with it.
import { describe, expect, it } from 'vitest'
import { Gate } from './gate.ts'

function gateAt() {
  const world = { now: 0, told: [] as boolean[] }
  const gate = new Gate(
    () => world.now,
    (paused) => world.told.push(paused),
  )
  return { world, gate }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a gate', () => {
  it('lets a run pass that is not paused, and says nothing', async () => {
    const { gate, world } = gateAt()
    await gate.pass()
    expect(world.told).toEqual([])
  })

  it('hears a wish that came while the run was at work', async () => {
    const { gate, world } = gateAt()
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => gate.pause()
    port2.postMessage('pause')
    await turn()
    let passed = false
    void gate.pass().then(() => {
      passed = true
    })
    for (let i = 0; i < 20 && world.told.length === 0; i++) await turn()
    expect([passed, world.told]).toEqual([false, [true]])
    gate.resume()
    for (let i = 0; i < 20 && !passed; i++) await turn()
    expect([passed, world.told]).toEqual([true, [true, false]])
    port1.close()
  })

  it('stops its clock while the run stands still', async () => {
    const { gate, world } = gateAt()
    world.now = 100
    gate.pause()
    const passing = gate.pass()
    for (let i = 0; i < 20 && world.told.length === 0; i++) await turn()
    world.now = 5100
    gate.resume()
    await passing
    expect(gate.clock.nowMs()).toBe(100)
    world.now = 5130
    expect(gate.clock.nowMs()).toBe(130)
  })
})
