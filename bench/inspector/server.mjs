import http from 'node:http';

// Responds in a process of its own, so that its CPU time does not count.
const server = http.createServer((request, response) => {
  request.resume();
  response.setHeader('Content-Type', 'application/json').end('{"id":1,"name":"Ada"}');
});
server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}`));
