# Written by "Jarvis: Set Up Remediation…". What it is about stands in variables.tf.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = ">= 2.4"
    }
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account]
}

data "aws_partition" "current" {}

data "aws_eks_cluster" "this" {
  name = var.cluster
}

# For the roles that a service of AWS acts as.
data "aws_iam_policy_document" "assumed_by" {
  for_each = toset(["chatbot", "lambda"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}
