/**
 * The annotation by which `kubectl rollout restart` makes a pod template a new one; its pods carry it too.
 * Source: k8s.io/kubectl pkg/polymorphichelpers/objectrestarter.go.
 */
export const restartedAt = 'kubectl.kubernetes.io/restartedAt';
