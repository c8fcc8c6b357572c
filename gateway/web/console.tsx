import { render } from 'preact'
import './style.css'
import { start } from './data/console.ts'
import { Shell } from './pages/shell.tsx'

render(<Shell />, document.getElementById('app')!)
void start()
