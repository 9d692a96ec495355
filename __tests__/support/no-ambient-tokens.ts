// What happens to stand in the environment of the machine must not decide a test.
for (const name of Object.keys(process.env)) {
  if (/^(SERVICE_AUTH_TOKEN|AUTH_TOKEN|TOKEN_SERVICE_\w+|(https?|all|no)_proxy)$/i.test(name)) {
    Reflect.deleteProperty(process.env, name);
  }
}
