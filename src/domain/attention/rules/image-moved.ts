import { t } from '../../../core/l10n.ts';
import { movedImages } from '../../evidence/images.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import type { Workload } from '../../kubernetes/model.ts';
import type { Rule } from '../model.ts';

/** Some of its pods run what a tag meant before, the others what it means now. */
export function imageMoved(kind: 'Deployment' | 'StatefulSet' | 'DaemonSet'): Rule<Workload> {
  return {
    id: 'imageMoved',
    severity: 'info',
    source: 'kubernetes.io, "Images": image pull policy, tags and digests; core/v1 ContainerStatus.imageID',
    check({ namespace, name }, around) {
      const crew = around.crewOf({ kind, namespace, name }).filter((pod) => !hasEnded(pod));
      const [moved] = movedImages(crew);
      if (!moved) return undefined;
      const { container, image, builds } = moved;
      return {
        cause: `${container} ${image}`,
        sentence: () => t('{0} runs {1} different images under {2}: the tag was moved', name, builds, image),
        detail: () => [
          t(
            'Which of them a pod runs depends on when its node pulled the image. A restart gives all pods the one of now where the pull policy is Always.',
          ),
          t('Nodes of different architectures may run different images of one build too.'),
        ],
      };
    },
  };
}
