"""The content console（内容后台）: answers, reviews, boards, imports, training, emergency switches."""
