import { safeTemplate } from '../../src/opentelemetry/url-template';

test('the template is what the function returns, if it is a text', () => {
  expect(safeTemplate((url) => `${url}/{id}`)('/users')).toBe('/users/{id}');
  expect(safeTemplate(() => '')('/users')).toBeUndefined();
  expect(safeTemplate((() => 5) as never)('/users')).toBeUndefined();
});

test('a function that throws costs the template only, and one warning', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  const template = safeTemplate(() => {
    throw new Error('broken');
  });

  expect([template('/a'), template('/b')]).toEqual([undefined, undefined]);
  expect(warned).toHaveBeenCalledTimes(1);
  warned.mockRestore();
});
