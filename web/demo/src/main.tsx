// Puts the demo into its page.
import '../../src/styles/tokens.css'
import '../../src/styles/base.css'
import 'uplot/dist/uPlot.min.css'
import './demo.css'
import { render } from 'preact'
import { DemoPage } from './demo-page.tsx'

const place = document.getElementById('app')
if (place !== null) render(<DemoPage query={new URLSearchParams(location.search)} />, place)
