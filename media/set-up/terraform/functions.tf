# Written by "Jarvis: Set Up Remediation…". The functions that the setting jarvis.remediation.functions names, for teams
# that invoke remedies: their code is the folder functions beside this one. It needs the other files of this folder.
variable "functions" {
  description = "The remedies that have a function, by the name of its folder: each gets a role of its own"
  type        = set(string)
  default     = __REMEDIES__
}

variable "function_concurrency" {
  description = "Invocations of a function at a time; -1 where the account has none to reserve"
  type        = number
  default     = 2
}

variable "function_log_days" {
  description = "Days for which the functions' logs are kept"
  type        = number
  default     = 30
}

variable "github_api" {
  description = "Where the function that starts workflows finds GitHub; https://HOSTNAME/api/v3 for an Enterprise Server"
  type        = string
  default     = "https://api.github.com"
}

variable "github_ref" {
  description = "The branch whose workflows it starts"
  type        = string
  default     = "main"
}

locals {
  # Helm does not run inside Lambda: this one starts its workflow, the others change the object themselves
  dispatching = setintersection(var.functions, ["rollback"])
  patching    = setsubtract(var.functions, ["rollback"])
}

data "archive_file" "functions" {
  type             = "zip"
  source_dir       = "${path.module}/../functions"
  excludes         = ["test"]
  output_path      = "${path.module}/.terraform/jarvis-functions.zip"
  output_file_mode = "0644"
}

resource "aws_lambda_function" "remedy" {
  for_each                       = var.functions
  function_name                  = "jarvis-${each.key}"
  description                    = "The remedy ${each.key} of Jarvis"
  role                           = aws_iam_role.function[each.key].arn
  runtime                        = "nodejs22.x"
  handler                        = "${each.key}/index.handler"
  filename                       = data.archive_file.functions.output_path
  source_code_hash               = data.archive_file.functions.output_base64sha256
  memory_size                    = 256
  timeout                        = 30
  reserved_concurrent_executions = var.function_concurrency
  depends_on                     = [aws_cloudwatch_log_group.function, aws_iam_role_policy.function_log]

  environment {
    variables = contains(local.patching, each.key) ? tomap({ CLUSTER = var.cluster }) : tomap({
      GITHUB_API_URL      = var.github_api
      GITHUB_REPOSITORY   = var.repository
      GITHUB_REF          = var.github_ref
      GITHUB_TOKEN_SECRET = one(aws_secretsmanager_secret.github_token[*].arn)
      WORKFLOWS           = jsonencode({ (each.key) = "${each.key}.yml" })
    })
  }
}

# A plan that was queued is carried out at once or not at all: nobody expects it any more an hour later.
resource "aws_lambda_function_event_invoke_config" "remedy" {
  for_each                     = aws_lambda_function.remedy
  function_name                = each.value.function_name
  maximum_event_age_in_seconds = 60
  maximum_retry_attempts       = 0
}

resource "aws_cloudwatch_log_group" "function" {
  for_each          = var.functions
  name              = "/aws/lambda/jarvis-${each.key}"
  retention_in_days = var.function_log_days
}

resource "aws_iam_role" "function" {
  for_each           = var.functions
  name               = "jarvis-${each.key}-function"
  description        = "What the function jarvis-${each.key} acts as"
  assume_role_policy = data.aws_iam_policy_document.assumed_by["lambda"].json
}

data "aws_iam_policy_document" "function_log" {
  for_each = aws_cloudwatch_log_group.function

  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${each.value.arn}:*"]
  }
}

resource "aws_iam_role_policy" "function_log" {
  for_each = aws_iam_role.function
  name     = "log"
  role     = each.value.name
  policy   = data.aws_iam_policy_document.function_log[each.key].json
}

# In the cluster a function may do what the workflow of the same remedy may: its Kubernetes Role says what.
resource "aws_iam_role_policy" "function_finds_cluster" {
  for_each = local.patching
  name     = "find-cluster"
  role     = aws_iam_role.function[each.key].name
  policy   = data.aws_iam_policy_document.find_cluster.json
}

resource "aws_eks_access_entry" "function" {
  for_each          = local.patching
  cluster_name      = var.cluster
  principal_arn     = aws_iam_role.function[each.key].arn
  kubernetes_groups = ["jarvis-${each.key}"]
  type              = "STANDARD"
}

# The token that may dispatch workflows. Its value is put in by hand, so that no state of Terraform holds it.
resource "aws_secretsmanager_secret" "github_token" {
  count       = length(local.dispatching)
  name        = "jarvis-github-token"
  description = "Token for ${var.repository} that may read and write Actions, for functions that start workflows"
}

data "aws_iam_policy_document" "github_token" {
  count = length(local.dispatching)

  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.github_token[0].arn]
  }
}

resource "aws_iam_role_policy" "github_token" {
  for_each = local.dispatching
  name     = "github-token"
  role     = aws_iam_role.function[each.key].name
  policy   = data.aws_iam_policy_document.github_token[0].json
}

# What those need who may act: nobody else can invoke the functions.
data "aws_iam_policy_document" "invoke" {
  statement {
    actions   = ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"]
    resources = [for function in aws_lambda_function.remedy : function.arn]
  }
}

resource "aws_iam_policy" "invoke" {
  name        = "jarvis-invoke"
  description = "Invokes the remedies of Jarvis"
  policy      = data.aws_iam_policy_document.invoke.json
}

output "functions" {
  description = "For the setting jarvis.remediation.functions, by the name of the remedy's folder"
  value       = { for name, function in aws_lambda_function.remedy : name => function.arn }
}

output "invoke_policy" {
  description = "To attach to what those sign in with who may invoke the functions"
  value       = aws_iam_policy.invoke.arn
}
