import { serve } from './app.js';

// Terminus 10 knows what is down by what is thrown.
void serve((clients, name) => clients.isHealthy(name));
