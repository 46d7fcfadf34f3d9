locals {
  l = 2
}
