import { render } from 'preact'
import './style.css'

render(<p>Simulated phone</p>, document.getElementById('app')!)
