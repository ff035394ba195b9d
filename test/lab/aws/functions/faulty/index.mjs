/** Functions that go wrong, each in its own way. */

export const throws = async () => {
  console.log('about to patch');
  throw new RangeError('the token of the cluster has expired');
};

export const slow = () => new Promise((resolve) => setTimeout(resolve, 60_000));

export const garbage = async () => '<html>502 Bad Gateway</html>';

export const huge = async ({ planId }) => ({ version: 1, planId, status: 'done', message: 'x'.repeat(2_000_000) });

/** Says that it has taken the plan on, and does nothing. */
export const idle = async ({ planId }) => ({ version: 1, planId, status: 'accepted' });
