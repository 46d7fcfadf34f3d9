variable "zone" {}
output "other" { value = 1 }
