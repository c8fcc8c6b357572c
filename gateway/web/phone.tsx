import { render } from 'preact'
import './style.css'
import './phone/phone.css'
import './parts/mode-switch.tsx'
import { App } from './phone/app.tsx'
import { start } from './phone/store.ts'

render(<App />, document.getElementById('app')!)
void start()
