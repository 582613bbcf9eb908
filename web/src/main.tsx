// Puts the application into the page.
import './styles/tokens.css'
import './styles/base.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { applyTheme, storedTheme } from './lib/theme.ts'

applyTheme(storedTheme())
const place = document.getElementById('app')
if (place !== null) render(<App />, place)
