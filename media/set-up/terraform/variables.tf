# Written by "Jarvis: Set Up Remediation…".
variable "region" {
  description = "Region of the cluster and its alarms"
  type        = string
  default     = __REGION__
}

variable "account" {
  description = "The account in which all this lives; Terraform refuses every other"
  type        = string
  default     = __ACCOUNT__
}

variable "cluster" {
  description = "Name of the EKS cluster"
  type        = string
  default     = __CLUSTER__
}

variable "namespaces" {
  description = "Namespaces whose CPU is watched"
  type        = set(string)
  default     = __NAMESPACES__
}

variable "remedies" {
  description = "The workflows that may act, by file name: each gets a role of its own"
  type        = set(string)
  default     = __REMEDIES__
}

variable "repository" {
  description = "The GitHub repository of the workflows, as owner/name"
  type        = string
  default     = __REPOSITORY__
}

variable "environment" {
  description = "The GitHub environment in which the workflows run"
  type        = string
  default     = __ENVIRONMENT__
}

variable "github_token_host" {
  description = "Who signs the workflows' tokens; HOSTNAME/_services/token for an Enterprise Server"
  type        = string
  default     = "token.actions.githubusercontent.com"
}

variable "github_is_known" {
  description = "Whether the account has that identity provider already: it can have it only once"
  type        = bool
  default     = false
}

variable "engineers" {
  description = "Who gets a queue: a notice that one Jarvis has taken out of a queue reaches no other"
  type        = set(string)
  default     = ["team"]
}

variable "slack_team_id" {
  description = "Slack workspace, once it is authorized in Amazon Q Developer in chat applications; empty: no chat"
  type        = string
  default     = ""
}

variable "slack_channel_id" {
  description = "Slack channel that hears of the alarms"
  type        = string
  default     = ""
}
