// Finds a key that occurs twice in one object of a JSON text, which JSON.parse silently resolves.
// Takes text that JSON.parse has accepted, so it checks no grammar.

/** The first key that repeats within its object, or undefined. */
export function findDuplicateKey(json: string): string | undefined {
  const objects: (Set<string> | undefined)[] = []
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g
  for (let match = token.exec(json); match !== null; match = token.exec(json)) {
    const [text] = match
    if (text === '{') objects.push(new Set())
    else if (text === '[') objects.push(undefined)
    else if (text === '}' || text === ']') objects.pop()
    else if (isFollowedByColon(json, token.lastIndex)) {
      const key = JSON.parse(text) as string
      const keys = objects.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    }
  }
  return undefined
}

function isFollowedByColon(json: string, from: number): boolean {
  let at = from
  while (' \t\r\n'.includes(json[at] ?? 'end')) at++
  return json[at] === ':'
}
