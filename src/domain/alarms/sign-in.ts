/** What follows `aws` on the command line to sign a profile in: `aws sso login`, or the verb that the profile asks for. */
export function signInArguments({ verb, profile }: { readonly verb?: 'login'; readonly profile?: string }): string[] {
  return [...(verb ? [verb] : ['sso', 'login']), ...(profile === undefined ? [] : ['--profile', profile])];
}
