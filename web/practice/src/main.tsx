import { render } from 'preact';
import './styles/base.css';
import './styles/reading.css';
import './styles/timeline.css';
import { App } from './app.js';
import { deleteSharedHistory } from './history/tab_history.js';

deleteSharedHistory();
const root = document.getElementById('app');
if (root) render(<App />, root);
