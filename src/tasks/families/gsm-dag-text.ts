// The words of gsm-dag: the same graph told in letters, as animals in a zoo or as what people have. A context is a set of
// names and of sentences; it does not know how graphs are drawn or solved.
import type { Quantity } from './gsm-dag-graph.ts'

/** Names and sentences. */
export interface Context {
  readonly names: readonly string[]
  /** What stands between two sentences. */
  readonly gap: string
  given(name: string, number: string): string
  /** `isNumber` says that `right` is a number, not a quantity. */
  operation(name: string, sign: string, left: string, right: string, isNumber: boolean): string
  question(name: string): string
}

const zooNumbers: Readonly<Record<string, string>> = { '+': 'more than', '-': 'fewer than', '*': 'times' }
const zooSigns: Readonly<Record<string, string>> = { '+': 'and', '-': 'without', '*': 'times' }
const teacherSigns: Readonly<Record<string, string>> = { '+': 'plus', '-': 'minus', '*': 'by' }

/** The contexts by name. */
export const contexts = {
  abstract: {
    names: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    gap: '',
    given: (name, number) => `${name}=${number}.`,
    operation: (name, sign, left, right) => `${name}=${left}${sign}${right}.`,
    question: (name) => `${name}?`,
  },
  zoo: {
    names:
      'ant bee cat dog elk fox gnu hen ibis jay koi lion mole newt owl pig quail ram seal toad urial vole wolf xerus yak zebu'.split(
        ' ',
      ),
    gap: ' ',
    given: (name, number) => `${name}: ${number}.`,
    operation: (name, sign, left, right, isNumber) =>
      isNumber ? `${name}: ${right} ${zooNumbers[sign]} ${left}.` : `${name}: ${left} ${zooSigns[sign]} ${right}.`,
    question: (name) => `How many ${name}?`,
  },
  teacher: {
    names:
      'Ann Bob Cy Deb Eve Fay Gus Hal Ida Jim Kit Lea Max Ned Ola Pat Quin Ray Sue Tom Uma Val Wes Xia Yan Zoe'.split(
        ' ',
      ),
    gap: ' ',
    given: (name, number) => `${name} has ${number}.`,
    operation: (name, sign, left, right, isNumber) =>
      `${name} has ${left}'s ${teacherSigns[sign]} ${isNumber ? right : `${right}'s`}.`,
    question: (name) => `What has ${name}?`,
  },
} as const satisfies Record<string, Context>

/** The name of a context. */
export type ContextName = keyof typeof contexts

/** The sentence of a quantity; with `number`, that text stands for its given number. */
export function sentence(context: Context, quantity: Quantity, number?: string): string {
  const { name, sign, left, right } = quantity
  if (sign === '=') return context.given(name, number ?? `${left}`)
  return context.operation(name, sign, `${left}`, `${right}`, typeof right === 'number')
}
