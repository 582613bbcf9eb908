// The look of a report: one column of type, thin rules, six line styles that differ in dash as well as in colour.
// Text reaches a contrast of 4.5 on its ground and lines reach 3, in both themes (checked in report.test.ts).

/** Colours by theme; a series is a pair of colour and dash, so that no one needs to tell colours apart. */
export const themes = {
  light: {
    ground: '#fcfbf9',
    raised: '#f3f1ec',
    text: '#1d1c1a',
    muted: '#615c54',
    rule: '#dedad2',
    right: '#1e6b34',
    wrong: '#a3242f',
    series: ['#1d5fb8', '#b3500b', '#2b7a45', '#7b3fa6', '#0d7480', '#a8325f'],
  },
  dark: {
    ground: '#151517',
    raised: '#1f1f22',
    text: '#eceae6',
    muted: '#a9a59d',
    rule: '#35353a',
    right: '#7fd394',
    wrong: '#f5949a',
    series: ['#82b4ff', '#f3a863', '#84d296', '#cba2f4', '#66cbd6', '#f291b7'],
  },
} as const

const dashes = ['none', '7 3', '2 3', '9 3 2 3', '12 4', '4 2 1 2']

/** The style element's content. */
export const stylesheet = `
:root{${variables(themes.light)}}
@media (prefers-color-scheme:dark){:root{${variables(themes.dark)}}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:66rem;margin:0 auto;padding:clamp(1.5rem,5vw,4rem) clamp(1rem,4vw,2.5rem) 5rem}
h1{margin:0;font-size:clamp(1.6rem,4vw,2.3rem);line-height:1.2;letter-spacing:-.02em;font-weight:650;text-wrap:balance}
h2{margin:0 0 1.25rem;font-size:1.05rem;font-weight:650}
.subtitle{margin:.6rem 0 0;max-width:46rem;color:var(--muted);text-wrap:pretty}
.lead{max-width:46rem;margin-top:1.4rem;font-size:1.06rem}
.lead p{margin:.7rem 0 0;text-wrap:pretty}
.prose{max-width:46rem;margin:0 0 1rem;text-wrap:pretty}
h2+.prose{margin-top:-.5rem}
section{margin-top:clamp(2.2rem,5vw,3.5rem)}
pre,code{font:.84rem/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;font-weight:400}
main.broad{max-width:88rem}
caption{text-align:left;color:var(--muted);font-size:.875rem;padding-bottom:.5rem}
:focus-visible{outline:2px solid var(--s0);outline-offset:2px;border-radius:3px}
.scroll{overflow-x:auto}

.summary th,.summary td{padding:.6rem .9rem .6rem 0;border-bottom:1px solid var(--rule);white-space:nowrap;vertical-align:middle}
.summary thead th{color:var(--muted);font-size:.85rem;padding-block:.3rem;vertical-align:bottom}
.summary tbody th{font-weight:600}
.summary .number{text-align:right}
.summary td b{font-weight:650}
.summary .interval,.summary .none,.summary .note{color:var(--muted);font-size:.875rem}
.summary .note{white-space:normal;min-width:10rem}
.summary .scale{width:24%;min-width:9rem;padding-left:.6rem}
.summary thead .scale{font-size:.75rem}
.summary thead .scale span:last-child{float:right}
.summary .text{white-space:nowrap;font-size:.9rem}
.summary,.facts{border-collapse:separate;border-spacing:0}
.scroll caption span{position:sticky;left:0;display:inline-block;max-width:min(46rem,calc(100vw - 2.5rem));white-space:normal}
.summary tbody th,.facts tbody th{position:sticky;left:0;z-index:1;background:var(--ground);min-width:9rem;max-width:17rem;white-space:normal;overflow-wrap:break-word}
.broad .summary .interval{display:block}
.summary td.scale svg{display:block;width:100%;height:1.1rem;overflow:visible}

.chart{margin:0;min-width:0}
.chart.wide+.chart.wide,.chart.wide+.multiples{margin-top:2.5rem}
figcaption{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:.15rem 1.25rem;margin-bottom:.6rem}
.chart-title{font-weight:600;font-size:.95rem;overflow-wrap:anywhere}
.legend{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;margin:0;padding:0;list-style:none;font-size:.85rem}
.legend li{display:flex;align-items:center;gap:.4rem}
.legend .key{color:var(--muted)}
.legend b{font-weight:600}
.swatch{width:1.5rem;height:.5rem}
.plot{position:relative;height:9rem;margin:0 .6rem 2.6rem 2.9rem}
.wide .plot{height:clamp(13rem,30vw,19rem)}
.plot svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
.multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17.5rem),1fr));gap:1.6rem 2.2rem}
.tick,.axis-name{position:absolute;font-size:.72rem;line-height:1;color:var(--muted);white-space:nowrap}
.tick.y{right:calc(100% + .55rem);transform:translateY(-50%)}
.tick.x{top:calc(100% + .55rem);transform:translateX(-50%)}
.axis-name{top:calc(100% + 1.6rem);right:0}
.chart-note{margin:-.4rem 0 0;font-size:.85rem;color:var(--muted)}
.grid,.line,.dot,.whisker{fill:none;vector-effect:non-scaling-stroke}
.grid{stroke:var(--rule);stroke-width:1}
.mark{fill:none;stroke:var(--muted);stroke-width:1.5;stroke-dasharray:3 2;vector-effect:non-scaling-stroke}
.line{stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.multiples .line{stroke-width:1.6}
.whisker{stroke-width:2}
.dot{stroke-width:7;stroke-linecap:round}
.multiples .dot{stroke-width:5}
.dot.big{stroke-width:9}
.band{opacity:.16}
${themes.light.series.map((_color, i) => seriesRule(i)).join('\n')}

.facts th,.facts td{padding:.7rem 1.2rem .7rem 0;border-bottom:1px solid var(--rule)}
.facts tr>:last-child{padding-right:0}
.facts thead th{color:var(--muted);font-size:.85rem;padding-block:.3rem;white-space:nowrap}
.facts tbody th{font-weight:600}
.facts td{min-width:8rem;max-width:44rem}
.facts p{margin:0}
.facts p+p{margin-top:.3rem}
.facts .aside{color:var(--muted);font-size:.875rem}
.label{font-weight:600;white-space:nowrap}
.label.good{color:var(--right)}
.label.bad{color:var(--wrong)}
.label.open{color:var(--muted)}

.terms{margin:0;max-width:60rem}
.terms div{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.1rem 1.5rem;padding:.55rem 0;border-bottom:1px solid var(--rule)}
.terms dt{font-weight:600;overflow-wrap:anywhere}
.terms dd{margin:0;text-wrap:pretty}

.samples{table-layout:fixed;border-top:1px solid var(--rule)}
.samples thead th{color:var(--muted);font-size:.85rem;padding:.5rem 1.5rem .5rem 0}
.samples tbody th,.samples tbody td{padding:.9rem 1.5rem .9rem 0;border-top:1px solid var(--rule)}
.samples tr>:last-child{padding-right:0}
.samples .long{max-height:18rem;overflow:auto}
.answer{margin:.5rem 0 0;color:var(--muted);font-size:.85rem}
.answer code{color:var(--text)}
.verdict{margin:0 0 .45rem;font-size:.85rem;color:var(--muted);overflow-wrap:anywhere}
.chip{font-weight:600;margin-right:.35rem}
.right .chip{color:var(--right)}
.wrong .chip{color:var(--wrong)}

.notes{margin:0;padding-left:1.1rem;max-width:46rem}
.notes li+li{margin-top:.35rem}
.command{padding:.8rem 1rem;background:var(--raised);border-radius:6px;user-select:all}
.settings caption{white-space:nowrap}
.settings{width:auto;margin-top:1.5rem;font-size:.9rem}
.settings th{padding:.2rem 2rem .2rem 0;color:var(--muted)}
.settings td{padding:.2rem 0;overflow-wrap:anywhere}
details{margin-top:1.5rem}
summary{cursor:pointer;color:var(--muted);font-size:.9rem}
details pre{margin-top:.6rem;padding:.8rem 1rem;background:var(--raised);border-radius:6px;max-height:32rem;overflow:auto}

@media (max-width:44rem){
.terms div{grid-template-columns:1fr}
.summary tbody th,.facts tbody th{min-width:6.5rem;max-width:8.5rem;padding-right:.7rem}
.facts td+td+td{min-width:13rem}
.samples,.samples tbody,.samples tr,.samples tbody th,.samples td{display:block;width:100%}
.samples thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.samples tbody th{padding:1rem 0 0}
.samples tbody td{border:0;padding:.8rem 0 0}
.samples td::before{content:attr(data-label);display:block;font-size:.78rem;color:var(--muted)}
.samples tr{padding-bottom:1rem}
}
@media print{
@page{margin:12mm}
body{font-size:10.5pt}
main{max-width:none;padding:0}
.chart,tr,.terms div{break-inside:avoid}
h2{break-after:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
.summary thead th,.summary thead .scale,.summary thead .text,.summary tbody th,.summary td,.summary td .interval,.summary td.note,.summary td.text{font-size:7pt}
.summary .note{min-width:0}
.summary th,.summary td{padding-right:.5rem}
.summary .scale{min-width:4.5rem;width:14%}
.summary tbody th,.facts tbody th{position:static;min-width:0}
.summary .interval{display:block}
details::details-content{content-visibility:visible;block-size:auto}
details pre{max-height:none}
}
`

function variables(theme: (typeof themes)[keyof typeof themes]): string {
  const { series, ...rest } = theme
  const named = Object.entries(rest).map(([name, color]) => `--${name}:${color}`)
  return [...named, ...series.map((color, i) => `--s${i}:${color}`)].join(';')
}

function seriesRule(i: number): string {
  const dash = dashes[i] === 'none' ? '' : `.line.s${i}{stroke-dasharray:${dashes[i]}}`
  return `.line.s${i},.dot.s${i},.whisker.s${i}{stroke:var(--s${i})}.band.s${i}{fill:var(--s${i})}${dash}`
}
