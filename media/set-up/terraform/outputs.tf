output "queue_urls" {
  description = "For the setting jarvis.aws.scopes, by engineer"
  value       = { for name, queue in aws_sqs_queue.alarms : name => queue.url }
}

output "engineer_policies" {
  description = "To attach to what engineers sign in with"
  value       = { for name, policy in aws_iam_policy.engineer : name => policy.arn }
}

output "alarm_topic" {
  description = "For the actions of further alarms"
  value       = aws_sns_topic.alarms.arn
}
