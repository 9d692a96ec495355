/** The calls of an axios instance. */
export function verbsOf(instance) {
  return {
    getJSON: async (path) => (await instance.get(path)).data,
    postJSON: async (path, body) => (await instance.post(path, body)).data,
    async download(path) {
      const { data } = await instance.get(path, { responseType: 'arraybuffer' });
      return data.length;
    },
    async upload(path, makeStream, size) {
      const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': size };
      return (await instance.post(path, makeStream(), { headers })).data;
    },
  };
}
