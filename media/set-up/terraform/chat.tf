# The channel hears of the alarms; what may be done from it is no more than its role says.
locals {
  chat = var.slack_team_id == "" ? 0 : 1
}

resource "aws_iam_role" "chat" {
  count              = local.chat
  name               = "jarvis-chat"
  assume_role_policy = data.aws_iam_policy_document.assumed_by["chatbot"].json
}

# Shows the alarm's chart under its notice.
data "aws_iam_policy_document" "chat" {
  statement {
    actions   = ["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:GetMetricWidgetImage"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "chat" {
  count  = local.chat
  name   = "jarvis-chat"
  policy = data.aws_iam_policy_document.chat.json
}

resource "aws_iam_role_policy_attachment" "chat" {
  count      = local.chat
  role       = aws_iam_role.chat[0].name
  policy_arn = aws_iam_policy.chat[0].arn
}

resource "aws_chatbot_slack_channel_configuration" "alarms" {
  count                 = local.chat
  configuration_name    = "jarvis-alarms"
  iam_role_arn          = aws_iam_role.chat[0].arn
  slack_team_id         = var.slack_team_id
  slack_channel_id      = var.slack_channel_id
  sns_topic_arns        = [aws_sns_topic.alarms.arn]
  guardrail_policy_arns = [aws_iam_policy.chat[0].arn]
}
