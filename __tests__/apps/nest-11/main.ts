import { serve } from './app.js';

void serve((clients, name) => clients.check(name));
