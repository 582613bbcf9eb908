// What the structure check needs to know of one TypeScript file: its header, its imports, its marks and its forbidden
// calls. It reads syntax only and does not know the layers.
import ts from 'typescript'

/** An import, a re-export, a dynamic import or an import type. */
export interface Import {
  readonly specifier: string
  /** From 1. */
  readonly line: number
  /** Erased when compiled: `import type`, `export type`, `import('x').Y`. */
  readonly isTypeOnly: boolean
}

/** A place in the file, line from 1. */
export interface Spot {
  readonly text: string
  readonly line: number
}

/** The facts of one file. */
export interface Source {
  /** The comment that opens the file, after `#!`; empty when there is none. */
  readonly header: string
  readonly imports: readonly Import[]
  /** Uses of `Math.random`, `Date.now`, `console.log`, and `as any`. */
  readonly uses: readonly Spot[]
  /** Words in comments that mark unfinished or silenced code. */
  readonly marks: readonly Spot[]
}

const watched = new Set(['Math.random', 'Date.now', 'console.log'])
const markPattern = /@ts-(?:ignore|nocheck)|\b(?:TODO|FIXME)\b/g

/** Reads the facts of a file from its text. */
export function readSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false)
  const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1
  const imports: Import[] = []
  const uses: Spot[] = []
  const literals: [start: number, end: number][] = []
  const note = (node: ts.Node, specifier: ts.Node | undefined, isTypeOnly: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return
    imports.push({ specifier: specifier.text, line: lineAt(node.getStart(file)), isTypeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      note(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    } else if (ts.isExportDeclaration(node)) {
      note(node, node.moduleSpecifier, node.isTypeOnly)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      note(node, node.argument.literal, true)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      note(node, node.arguments[0], false)
    } else if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const name = `${node.expression.text}.${node.name.text}`
      if (watched.has(name)) uses.push({ text: name, line: lineAt(node.getStart(file)) })
    } else if (ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) {
      uses.push({ text: 'as any', line: lineAt(node.type.getStart(file)) })
    } else if (isLiteralText(node)) {
      literals.push([node.getStart(file), node.getEnd()])
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return { header: headerOf(text), imports, uses, marks: marksIn(text, literals, lineAt) }
}

/** Nodes whose text is data: what looks like a comment inside them is none. */
function isLiteralText(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  )
}

function headerOf(text: string): string {
  const body = text.replace(/^#!.*\n/, '')
  return /^(?:\s*\/\/.*\n?)+|^\s*\/\*[\s\S]*?\*\//.exec(body)?.[0] ?? ''
}

/** Marks in comments only: the same words in a string are data. */
function marksIn(text: string, literals: readonly [number, number][], lineAt: (position: number) => number): Spot[] {
  let code = text
  for (const [start, end] of literals) code = code.slice(0, start) + ' '.repeat(end - start) + code.slice(end)
  const spots: Spot[] = []
  for (const comment of code.matchAll(/\/\/.*|\/\*[\s\S]*?\*\//g)) {
    for (const mark of comment[0].matchAll(markPattern)) {
      spots.push({ text: mark[0], line: lineAt(comment.index + mark.index) })
    }
  }
  return spots
}
