// A word of a POSIX shell's command line.

/** `text` such that a shell reads it as one word, whatever it holds. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
