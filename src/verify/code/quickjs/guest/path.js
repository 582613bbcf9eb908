// require('path'): the POSIX functions over text.
;(function pathPart() {
  /** Parts without `.`, and without `..` where something stands before it. */
  const simplify = (parts, isAbsolute) => {
    const kept = []
    for (const part of parts) {
      if (part === '' || part === '.') continue
      if (part !== '..') kept.push(part)
      else if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop()
      else if (!isAbsolute) kept.push(part)
    }
    return kept
  }
  const isAbsolute = (path) => path.startsWith('/')
  function normalize(path) {
    const root = isAbsolute(path) ? '/' : ''
    const body = simplify(path.split('/'), root !== '').join('/')
    const end = path.endsWith('/') && body !== '' ? '/' : ''
    return `${root}${body}${end}` || (path.endsWith('/') ? './' : '.')
  }
  const join = (...paths) => normalize(paths.filter((path) => path !== '').join('/'))
  function resolve(...paths) {
    let whole = ''
    for (const path of paths) whole = isAbsolute(path) ? path : `${whole}/${path}`
    return `/${simplify(whole.split('/'), true).join('/')}`
  }
  const trim = (path) => (path.length > 1 ? path.replace(/\/+$/, '') || '/' : path)
  const extname = (path) => {
    const name = trim(path).split('/').pop()
    return name === '..' ? '' : (/.(\.[^.]*)$/.exec(name)?.[1] ?? '')
  }
  function basename(path, suffix = '') {
    const base = trim(path) === '/' ? '' : trim(path).split('/').pop()
    return suffix !== '' && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base
  }
  function dirname(path) {
    const at = trim(path).lastIndexOf('/')
    if (at < 0) return '.'
    return at === 1 && path.startsWith('//') ? '//' : path.slice(0, at) || '/'
  }
  function relative(from, to) {
    const [a, b] = [from, to].map((path) => resolve(path).split('/').filter(Boolean))
    let same = 0
    while (same < a.length && same < b.length && a[same] === b[same]) same++
    return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/')
  }
  function parse(path) {
    const [base, ext] = [basename(path), extname(path)]
    const dir = dirname(path)
    const name = ext === '' ? base : base.slice(0, -ext.length)
    return { root: isAbsolute(path) ? '/' : '', dir: dir === '.' && !path.startsWith('.') ? '' : dir, base, ext, name }
  }
  function format({ root = '', dir = root, base, name = '', ext = '' }) {
    const file = base ?? `${name}${ext === '' || ext.startsWith('.') ? ext : `.${ext}`}`
    return dir === '' ? file : `${dir}${dir === root ? '' : '/'}${file}`
  }
  const path = { normalize, join, resolve, isAbsolute, extname, basename, dirname, relative, parse, format }
  return Object.assign(path, { sep: '/', delimiter: ':', posix: path })
})
