# Every alarm's change of state, at once, in a queue for each engineer: the setting `jarvis.aws.scopes`, `queueUrl`.
resource "aws_sqs_queue" "alarms" {
  for_each                  = var.engineers
  name                      = "jarvis-alarms-${each.key}"
  message_retention_seconds = 3600
  sqs_managed_sse_enabled   = true
}

resource "aws_cloudwatch_event_rule" "alarms" {
  for_each    = var.engineers
  name        = "jarvis-alarms-${each.key}"
  description = "CloudWatch alarms, to the queue of ${each.key}"

  event_pattern = jsonencode({
    source        = ["aws.cloudwatch"]
    "detail-type" = ["CloudWatch Alarm State Change"]
  })
}

resource "aws_cloudwatch_event_target" "alarms" {
  for_each = var.engineers
  rule     = aws_cloudwatch_event_rule.alarms[each.key].name
  arn      = aws_sqs_queue.alarms[each.key].arn
}

data "aws_iam_policy_document" "alarms_queue" {
  for_each = var.engineers

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.alarms[each.key].arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.alarms[each.key].arn]
    }
  }
}

resource "aws_sqs_queue_policy" "alarms" {
  for_each  = var.engineers
  queue_url = aws_sqs_queue.alarms[each.key].url
  policy    = data.aws_iam_policy_document.alarms_queue[each.key].json
}

# What an engineer's own sign-in needs: attach it to the role or permission set that they use.
data "aws_iam_policy_document" "engineer" {
  for_each = var.engineers

  # these actions know no resources
  statement {
    actions   = ["cloudwatch:DescribeAlarms", "cloudwatch:DescribeAlarmHistory", "cloudwatch:GetMetricData"]
    resources = ["*"]
  }

  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.alarms[each.key].arn]
  }

  # a switch is planned and verified with what the load balancer and WAF say
  dynamic "statement" {
    for_each = setintersection(var.remedies, ["update-waf"])

    content {
      actions = [
        "elasticloadbalancing:DescribeLoadBalancers",
        "wafv2:GetWebACL",
        "wafv2:GetWebACLForResource",
        "wafv2:ListWebACLs",
      ]
      resources = ["*"]
    }
  }
}

resource "aws_iam_policy" "engineer" {
  for_each    = var.engineers
  name        = "jarvis-engineer-${each.key}"
  description = "What Jarvis reads of AWS"
  policy      = data.aws_iam_policy_document.engineer[each.key].json
}
