// Names that Rust, the generated code, or other names here need for themselves.
variable "self" { type = string }
variable "new" { default = 1 }
variable "build" { default = 1 }
variable "provider" { default = 1 }
variable "provider_as" { default = 1 }
variable "a-b" { default = 1 }
variable "a_b" { default = 1 }
variable "Größe" { default = 1 }
variable "v" {
  type        = object({ self = string, fn = optional(list(map(object({ yield = any }))), []), ref = tuple([]) })
  description = "*/ \" \\ $${x} \u202e ``` \n```\nlet x = ;"
  default     = null
}
variable "list" { type = object({ list = object({ list = object({}) }) }) }
output "node" { value = var.self }
output "clone" { value = var.list }
output "into" { value = null }
output "Größe" { value = 1 }
output "a-b" { value = true }
output "a_b" { value = true }
output "ephemeral" {
  value     = var.self
  ephemeral = true
}
