// The order in which names of coordinates stand when nobody gives them: x, y, z; a, b, c; x_1, x_2. What is said of (y, x)
// is to be turned before it is compared with a bare pair; other names have no such order and stay.

const runs = ['abcdefgh', 'ABCDEFGH', 'mn', 'pqrs', 'rst', 'uvw', 'xyz', 'XYZ']

/** For each place the index of the name that belongs there; the order given where none is usual. */
export function usualOrder(names: readonly string[]): readonly number[] {
  const given = names.map((_, i) => i)
  const place = placesIn(names)
  return place === undefined ? given : given.toSorted((i, j) => place[i] - place[j])
}

function placesIn(names: readonly string[]): readonly number[] | undefined {
  if (names.every((name) => name.length === 1)) {
    const run = runs.find((letters) => names.every((name) => letters.includes(name)))
    return run === undefined ? undefined : names.map((name) => run.indexOf(name))
  }
  const numbered = names.map((name) => /^([a-zA-Z])_(\d{1,3})$/.exec(name))
  const letters = new Set(numbered.map((match) => match?.[1]))
  if (letters.size !== 1 || letters.has(undefined)) return undefined
  return numbered.map((match) => Number(match?.[2]))
}
