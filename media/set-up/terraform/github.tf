# The workflows sign in with a token of their run: no key of AWS is kept on GitHub.
resource "aws_iam_openid_connect_provider" "github" {
  count          = var.github_is_known ? 0 : 1
  url            = "https://${var.github_token_host}"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  github_provider = "arn:${data.aws_partition.current.partition}:iam::${var.account}:oidc-provider/${var.github_token_host}"
}

data "aws_iam_policy_document" "assumed_by_runs" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.github_provider]
    }

    condition {
      test     = "StringEquals"
      variable = "${var.github_token_host}:aud"
      values   = ["sts.amazonaws.com"]
    }

    # runs of this environment of this repository, whose reviewers have approved them
    condition {
      test     = "StringEquals"
      variable = "${var.github_token_host}:sub"
      values   = ["repo:${var.repository}:environment:${var.environment}"]
    }
  }
}

resource "aws_iam_role" "remedy" {
  for_each             = var.remedies
  name                 = "jarvis-${each.key}"
  description          = "What the workflow ${each.key}.yml of ${var.repository} acts as"
  assume_role_policy   = data.aws_iam_policy_document.assumed_by_runs.json
  max_session_duration = 3600
  depends_on           = [aws_iam_openid_connect_provider.github]
}

# All that `aws eks update-kubeconfig` needs; what a role may do in the cluster is a matter of its Kubernetes Role.
data "aws_iam_policy_document" "find_cluster" {
  statement {
    actions   = ["eks:DescribeCluster"]
    resources = [data.aws_eks_cluster.this.arn]
  }
}

resource "aws_iam_role_policy" "find_cluster" {
  for_each = aws_iam_role.remedy
  name     = "find-cluster"
  role     = each.value.name
  policy   = data.aws_iam_policy_document.find_cluster.json
}

resource "aws_eks_access_entry" "remedy" {
  for_each          = aws_iam_role.remedy
  cluster_name      = var.cluster
  principal_arn     = each.value.arn
  kubernetes_groups = [each.value.name]
  type              = "STANDARD"
}
